import { useIsFetching, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import type { Me } from '../../../src/access/contract.ts'
import { sentenceOf } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { isHere, isInMenu, pathTo, ROUTES, type Route } from '../routes.ts'
import { MeContext, sessionQuery } from '../session.ts'
import { GlobalSearch } from './GlobalSearch.tsx'
import { Icon } from './Icon.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { useKeys } from './keys.ts'
import { SignOut } from './SignOut.tsx'

/** Loaded when a session ends: few pages live to see that. */
const SignInForm = lazy(async () => ({ default: (await import('../sign-in/SignInForm.tsx')).SignInForm }))

/** The second step: loaded where one is asked for. */
const SecondStep = lazy(async () => ({ default: (await import('../sign-in/SecondStep.tsx')).SecondStep }))

/** Drawn once a page stands: nobody waits for it. */
const AskedEntry = lazy(async () => ({ default: (await import('../looks/AskedEntry.tsx')).AskedEntry }))

/** The frame around every page. Without a session it asks for one; a session that ends keeps the page, hidden, until it is renewed. */
export function Shell() {
  const { data, error, isPending } = useQuery(sessionQuery)
  const last = useRef<Me | null>(null)
  const { pathname, search, hash } = useLocation()
  if (isPending) return <div className="mx-busy" />
  if (error)
    return (
      <main className="mx-main mx-lone">
        <h1>{say('console.fault.title')}</h1>
        <p>{sentenceOf(error)}</p>
        <a href={globalThis.location.href}>{say('console.fault.reload')}</a>
      </main>
    )
  const isIn = data?.step === 'whole'
  if (isIn && last.current?.id !== data.id) last.current = data
  // Somebody else who has yet to give a second factor does not see what was kept for the one before.
  const me = isIn || (data && last.current?.id !== data.id) ? data : last.current
  if (!me) return <Navigate replace to={`${pathTo('sign-in')}?to=${encodeURIComponent(pathname + search + hash)}`} />
  if (!isIn && me === data)
    return (
      <Suspense fallback={<div className="mx-busy" />}>
        <SecondStep me={me} />
      </Suspense>
    )
  if (data && data.subjectId !== null && data.unit === null) return <NotStaff me={data} />
  return (
    <MeContext value={me}>
      {data ? null : <SignInAgain me={me} />}
      {data && !isIn ? (
        <Suspense fallback={<div className="mx-busy" />}>
          <SecondStep me={data} />
        </Suspense>
      ) : null}
      <div key={me.id} hidden={!isIn}>
        <Frame me={me} />
      </div>
    </MeContext>
  )
}

function SignInAgain({ me }: { readonly me: Me }) {
  return (
    <main className="mx-main mx-lone">
      <h1>{say('console.sign-in.again', { name: me.name })}</h1>
      <p>{say('console.sign-in.kept')}</p>
      <Suspense fallback={<div className="mx-busy" />}>
        <SignInForm keepsFor={me.id} />
      </Suspense>
    </main>
  )
}

function NotStaff({ me }: { readonly me: Me }) {
  return (
    <main className="mx-main mx-lone">
      <h1>{say('console.gate.not-staff-title')}</h1>
      <p>{say('console.gate.not-staff')}</p>
      <p>
        <a href="/my">{say('console.gate.to-my')}</a>
      </p>
      <p>
        <a href="/">{say('console.portal')}</a>
      </p>
      <SignOut csrf={me.csrf} />
    </main>
  )
}

function Frame({ me }: { readonly me: Me }) {
  const field = useRef<HTMLInputElement>(null)
  const [keys, setKeys] = useState(false)
  const navigate = useNavigate()
  useKeys({
    '/': () => field.current?.select(),
    '?': () => setKeys(true),
    'g w': () => navigate(pathTo('work')),
    'g u': () => navigate(pathTo('deliveries')),
    'g q': () => navigate(pathTo('waiting')),
    'g c': () => navigate(pathTo('check')),
  })
  return (
    <>
      <a className="mx-skip" href="#main">
        {say('console.skip')}
      </a>
      {me.notice ? (
        <aside className="mx-notice" aria-label={say('console.notice')}>
          {me.notice}
        </aside>
      ) : null}
      <header className="mx-top">
        <NavLink to={pathTo('work')} className="mx-brand">
          {me.platformName}
        </NavLink>
        <GlobalSearch field={field} />
        <div className="mx-who">
          <span title={me.unitName ?? undefined}>
            {me.name}
            {me.unitName ? <span className="mx-quiet"> · {me.unitName}</span> : null}
          </span>
          <Button size="small" onClick={() => setKeys(true)}>
            {say('console.keys.button')}
          </Button>
          <NavLink to={pathTo('security')}>{say('console.security.title')}</NavLink>
          <SignOut csrf={me.csrf} />
        </div>
      </header>
      <div className="mx-body">
        <Menu permissions={me.permissions} />
        <main className="mx-main" id="main" tabIndex={-1}>
          <Busy />
          <Outlet />
          <div id="popups" />
        </main>
      </div>
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </>
  )
}

function Menu({ permissions }: { readonly permissions: readonly string[] }) {
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const shown = ROUTES.filter(route => isInMenu(route, permissions))
  return (
    <nav className="mx-menu" aria-label={say('console.menu.label')}>
      <button type="button" className="mx-menu-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say('console.menu.button')}
      </button>
      <ul className={open ? 'mx-menu-open' : undefined}>
        {shown.map((route: Route) => (
          <li key={route.name}>
            <Link
              to={route.path}
              aria-current={isHere(route, pathname, permissions) ? 'page' : undefined}
              onClick={() => setOpen(false)}
            >
              <Icon name={route.icon ?? ''} />
              {say(`console.${route.name}.menu`)}
            </Link>
          </li>
        ))}
        <Suspense fallback={null}>
          <AskedEntry onChosen={() => setOpen(false)} />
        </Suspense>
      </ul>
    </nav>
  )
}

function Busy() {
  const fetching = useIsFetching()
  const navigation = useNavigation()
  return fetching > 0 || navigation.state !== 'idle' ? <div className="mx-busy" /> : null
}
