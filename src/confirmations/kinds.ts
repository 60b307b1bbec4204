import type { Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SecondPersonAct } from '../http/endpoint.ts'

/*
 * Every act that takes two persons, and where those stand that wait for the second. A kind that is missing here does not compile; a door that
 * takes a second person and names no kind fails a test.
 */

export type Kind = {
  /** What the second person needs. */
  readonly confirms: Permission
  /**
   * SQL for what waits, one row each: `since`; `who` and `what` it is about; `begun`: the reader began it; `barred`: he did not, and may not
   * confirm it all the same. `asked` is one row: the reader's `actor` and `unit`, the instant `at`, the legal day `today`.
   */
  readonly waiting: string
  /** In words, what one of them is about. */
  about(app: App, who: string | null, what: string | null): string
}

const PERSON = "a.name || '（' || a.login || '）'"

export const KINDS: Readonly<Record<SecondPersonAct, Kind>> = {
  role: {
    confirms: 'role.confirm',
    waiting: `select g.proposed_at as since, ${PERSON} as who, g.role as what, g.proposed_by = asked.actor as begun, 'account:' || a.account_id = asked.actor as barred
      from asked, role_grant g join account a using (account_id) where g.decision is null and g.ended_at is null and a.closed_at is null`,
    about: ({ law, words }, who, what) =>
      words.say('confirmation.about-role', { who, role: law.roles.get(what ?? '')?.name ?? what }),
  },
  organisation: {
    confirms: 'organisation.confirm',
    waiting: `select o.proposed_at as since, o.name as who, case when o.state = 'closed' then 'closing' when o.version = 1 then 'new' else 'change' end as what,
        o.proposed_by = asked.actor as begun, false as barred
      from asked, organisation o where o.decision is null`,
    about: ({ words }, who, what) => words.say(`confirmation.about-organisation-${what}`, { who }),
  },
  program: {
    confirms: 'program.confirm',
    waiting: `select min(h.at) as since, p.name as who, null as what, bool_or(h.by = asked.actor) as begun, false as barred
      from asked cross join program p cross join lateral (
        select p.proposed_by as by, p.proposed_at as at where p.confirmed_at is null
        union all select k.made_by, k.made_at from signing_key k
          where k.program_id = p.program_id and k.confirmed_at is null and k.revoked_at is null and (k.until_at is null or k.until_at > asked.at)) h
      where p.closed_at is null and p.ends_on >= asked.today group by p.program_id, p.name`,
    about: (_, who) => who ?? '',
  },
  reset: {
    confirms: 'reset.confirm',
    waiting: `select r.asked_at as since, ${PERSON} as who, null as what, r.asked_by = asked.actor as begun, 'account:' || a.account_id = asked.actor as barred
      from asked, password_reset r join account a using (account_id)
      where r.unit is null and r.confirmed_at is null and r.used_at is null and r.closed_at is null and r.ends_at > asked.at`,
    about: (_, who) => who ?? '',
  },
  'account-reset': {
    confirms: 'subject.reset-confirm',
    waiting: `select r.asked_at as since, a.login as who, null as what, r.asked_by = asked.actor as begun, 'account:' || a.account_id = asked.actor as barred
      from asked, password_reset r join account a using (account_id)
      where r.unit = asked.unit and r.confirmed_at is null and r.used_at is null and r.closed_at is null and r.ends_at > asked.at`,
    about: (_, who) => who ?? '',
  },
  binding: {
    confirms: 'subject.bind-confirm',
    waiting: `select b.opened_at as since, c.name as who, b.capacity as what, b.opened_by = asked.actor as begun, false as barred
      from asked, binding b left join pub.subject c on c.subject_id = b.for_subject
      where b.unit = asked.unit and b.settled_at is null and b.expires_at > asked.at`,
    about: ({ words }, who, what) => `${who ?? words.say('confirmation.person')} ${words.say(`mandate.capacity-${what}`)}`,
  },
  delay: {
    confirms: 'look.delay-approve',
    waiting: `select d.asked_at as since, d.business_no as who, d.unit as what, d.asked_by = asked.actor as begun, false as barred
      from asked, look_delay d left join look_delay_decision c using (delay_id) left join look_delay_end e using (delay_id)
      where c.delay_id is null and e.delay_id is null and d.until >= asked.today`,
    about: ({ law }, who, what) => `${law.units.get(what ?? '')?.name ?? what} ${who}`,
  },
  assessment: {
    confirms: 'gate.assess',
    waiting: `select m.made_at as since, m.function_row as who, null as what, m.author = asked.actor as begun, false as barred
      from asked, impact_assessment m left join gate_sign_off s using (assessment_id) where s.assessment_id is null`,
    about: ({ law }, who) => law.gated.find(one => one.row === who)?.name ?? who ?? '',
  },
  deletion: {
    confirms: 'rights.handle',
    waiting: `select e.at as since, r.number as who, null as what, e.actor = asked.actor as begun, false as barred
      from asked cross join rights_request r cross join lateral (select n.step, n.at, n.actor from rights_entry n
        where n.subject_id = r.subject_id and n.request_id = r.request_id order by n.entry_no desc limit 1) e
      where r.closed_at is null and e.step = 'proposed'`,
    about: ({ words }, who) => words.say('confirmation.about-deletion', { number: who }),
  },
  campaign: {
    confirms: 'case.confirm',
    waiting: `select c.proposed_at as since, c.name as who, null as what, c.proposed_by = asked.actor as begun, false as barred
      from asked, campaign c where c.lead_unit = asked.unit and c.decision is null`,
    about: (_, who) => who ?? '',
  },
  case: {
    confirms: 'case.handle',
    waiting: `select e.at as since, f.number as who, f.procedure as what, e.actor = asked.actor as begun, false as barred
      from asked, case_file f join case_entry e using (subject_id, case_id, entry_no)
      where f.unit = asked.unit and f.turn = 'second' and f.closed_at is null`,
    about: ({ law, words }, who, what) =>
      words.say('confirmation.about-case', { procedure: law.procedures.get(what ?? '')?.at(-1)?.name ?? what, number: who }),
  },
}
