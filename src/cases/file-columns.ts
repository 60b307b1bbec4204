/** The columns of a file `f`, as the code names them. */
export const FILE_COLUMNS = `f.subject_id as "subjectId", f.case_id as "caseId", f.procedure, f.edition, f.number, f.about, f.about_ref as "aboutRef",
  f.unit, f.opened_unit as "openedUnit", f.opened_by as "openedBy", f.opened_at as "openedAt", f.opened_on as "openedOn", f.state, f.turn,
  f.entry_no as "entryNo", f.parent_id as "parentId", f.closed_at as "closedAt"`
