import type { Query, Row } from './database.ts'

/*
 * The schema as text, from the catalogs, the same for the same schema whatever way led to it: what the migrations really made,
 * rights included, stands in one file that a reviewer reads and a test compares. Partitions come and go with the months and are
 * left out; the queue's schema brings its own migrations.
 */

const HEAD = '-- What the migrations make, written by `npm run schema`. Read it here, change it there.\n\n'
const SCHEMAS = ['public', 'pub'] as const

/**
 * The schemas `public` and `pub` as SQL: tables, columns, constraints, indexes, functions, sequences, comments, rights. `query`
 * must be one connection (a transaction, or a pool of one), because its search path is another while this runs.
 */
export async function dumpSchema(query: Query): Promise<string> {
  const before = await query.row<{ path: string }>({ text: "select current_setting('search_path') as path" })
  // So that every name outside pg_catalog is written with its schema.
  await setPath(query, 'pg_catalog')
  const blocks: string[] = []
  for (const schema of SCHEMAS) {
    blocks.push(await linesOf(query, SCHEMA, schema))
    for (const [list, lines] of OBJECTS) {
      for (const { oid } of await query.rows<{ oid: number }>({ text: list, values: [schema] })) {
        blocks.push(await linesOf(query, lines, oid))
      }
    }
  }
  await setPath(query, before?.path ?? 'public')
  return `${HEAD}${blocks.join('\n\n')}\n`
}

async function setPath(query: Query, path: string): Promise<void> {
  await query.run({ text: "select set_config('search_path', $1, false)", values: [path] })
}

async function linesOf(query: Query, texts: readonly string[], of: string | number): Promise<string> {
  const lines: string[] = []
  for (const text of texts) {
    const rows = await query.rows<{ line: string } & Row>({ text, values: [of] })
    lines.push(...rows.map(row => row.line.trimEnd()))
  }
  return lines.join('\n')
}

/**
 * Rights as `grant` lines, one a receiver, without those of the owner. `acl` is null where only the kind's own rights hold, which
 * for functions let everybody call them: that is written too.
 */
function grantLines(kind: string, what: string, acl: string, from: string): string {
  return `select format('grant %s on %s %s to %s;', string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), '${kind}', ${what},
      case when a.grantee = 0 then 'public' else a.grantee::regrole::text end) as line
    from ${from} cross join aclexplode(${acl}) a where o.oid = $1 and a.grantee <> owner
    group by a.grantee, ${what} order by a.grantee <> 0, a.grantee::regrole::text collate "C"`
}

const SCHEMA = [
  `select format('-- %s %s', nspname, repeat('-', 120 - length(nspname))) || E'\\n' || format('create schema %I;', nspname) as line
    from pg_namespace where nspname = $1`,
  `select format('grant %s on schema %I to %s;', string_agg(lower(a.privilege_type), ', ' order by a.privilege_type), nspname,
      case when a.grantee = 0 then 'public' else a.grantee::regrole::text end) as line
    from pg_namespace cross join aclexplode(nspacl) a where nspname = $1 and a.grantee <> nspowner
    group by a.grantee, nspname order by a.grantee <> 0, a.grantee::regrole::text collate "C"`,
]

const RELATION = '(select oid, relowner as owner, relacl, oid::regclass::text as name from pg_class) o'

const listRelations = (kinds: string): string =>
  `select oid from pg_class where relnamespace = $1::text::regnamespace and relkind in (${kinds}) and not relispartition
    order by relname collate "C"`

const SEQUENCE_LINES = [
  `select format('create sequence %s as %s increment by %s start with %s%s;', seqrelid::regclass, seqtypid::regtype, seqincrement,
    seqstart, case when seqcycle then ' cycle' else '' end) as line from pg_sequence where seqrelid = $1`,
  `select format('comment on sequence %s is %L;', $1::oid::regclass, obj_description($1, 'pg_class')) as line
    where obj_description($1, 'pg_class') is not null`,
  grantLines('sequence', 'name', 'relacl', RELATION),
]

const FUNCTIONS =
  'select oid from pg_proc where pronamespace = $1::text::regnamespace order by proname collate "C", oid::regprocedure::text collate "C"'
const FUNCTION_LINES = [
  "select trim(trailing E'\\n' from pg_get_functiondef($1)) || ';' as line",
  `select format('comment on function %s is %L;', $1::oid::regprocedure, obj_description($1, 'pg_proc')) as line
    where obj_description($1, 'pg_proc') is not null`,
  grantLines(
    'function',
    'name',
    "coalesce(proacl, acldefault('f', owner))",
    '(select oid, proowner as owner, proacl, oid::regprocedure::text as name from pg_proc) o',
  ),
]

const COLUMN = `select format('  %I %s', attname, format_type(atttypid, atttypmod))
    || case when attcollation <> typcollation then ' collate ' || attcollation::regcollation else '' end
    || case when attgenerated <> '' then ' generated always as (' || pg_get_expr(adbin, adrelid) || ') stored'
        when adbin is not null then ' default ' || pg_get_expr(adbin, adrelid) else '' end
    || case when attidentity <> '' then ' generated as identity' else '' end
    || case when attnotnull then ' not null' else '' end as line, 1 as part, attnum::text as place
  from pg_attribute join pg_type on pg_type.oid = atttypid left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attrelid = $1 and attnum > 0 and not attisdropped`

// Not-null constraints (kind n) are constraints in the catalogs of some versions only; the columns say it.
const CONSTRAINT = `select format('  constraint %I %s', conname, pg_get_constraintdef(oid)), 2,
    case contype when 'p' then '1' when 'u' then '2' else '3' end || conname
  from pg_constraint where conrelid = $1 and contype <> 'n' and conparentid = 0`

const TABLE_LINES = [
  `select format(E'create table %s (\\n%s\\n)%s;', $1::oid::regclass,
      string_agg(line, E',\\n' order by part, case when part = 1 then lpad(place, 4, '0') else place end collate "C"),
      coalesce(' partition by ' || pg_get_partkeydef($1), '')) as line
    from (${COLUMN} union all ${CONSTRAINT}) parts`,
  `select format('alter table %s alter column %I set storage %s;', attrelid::regclass, attname,
      case attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end) as line
    from pg_attribute join pg_type on pg_type.oid = atttypid
    where attrelid = $1 and attnum > 0 and not attisdropped and attstorage <> typstorage order by attnum`,
  `select format('alter table %s set (%s);', $1::oid::regclass, array_to_string(reloptions, ', ')) as line
    from pg_class where oid = $1 and reloptions is not null`,
  `select pg_get_indexdef(indexrelid) || ';' as line from pg_index where indrelid = $1
      and not exists (select from pg_constraint where conindid = indexrelid and conrelid = $1) order by indexrelid::regclass::text collate "C"`,
  'select pg_get_triggerdef(oid) || \';\' as line from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname collate "C"',
  `select format('alter table %s enable row level security;', $1::oid::regclass) as line from pg_class where oid = $1 and relrowsecurity
    union all select format('create policy %I on %s;', polname, polrelid::regclass) from pg_policy where polrelid = $1 order by 1`,
  `select format('comment on %s is %L;', case when objsubid = 0 then 'table ' || $1::oid::regclass
      else format('column %s.%I', $1::oid::regclass, attname) end, description) as line
    from pg_description left join pg_attribute on attrelid = objoid and attnum = objsubid
    where objoid = $1 and classoid = 'pg_class'::regclass order by objsubid`,
  grantLines('table', 'name', 'relacl', RELATION),
  `select format('grant %s (%s) on table %s to %s;', lower(privilege_type), string_agg(quote_ident(attname), ', ' order by attnum),
      attrelid::regclass, case when grantee = 0 then 'public' else grantee::regrole::text end) as line
    from pg_attribute cross join aclexplode(attacl) where attrelid = $1
    group by attrelid, grantee, privilege_type order by grantee::regrole::text collate "C", privilege_type collate "C"`,
]

const VIEW_LINES = [
  "select format(E'create view %s as\\n%s', $1::oid::regclass, pg_get_viewdef($1)) as line",
  grantLines('table', 'name', 'relacl', RELATION),
]

/** How each kind of object is listed in a schema and written. */
const OBJECTS: readonly (readonly [list: string, lines: readonly string[]])[] = [
  [listRelations("'S'"), SEQUENCE_LINES],
  [FUNCTIONS, FUNCTION_LINES],
  [listRelations("'r', 'p', 'f'"), TABLE_LINES],
  [listRelations("'v', 'm'"), VIEW_LINES],
]
