/* Own line icons, 20 px grid, 1.5 px; always beside a word. */

const PATHS: Readonly<Record<string, string>> = {
  work: 'M3 4h14v12H3zM3 8h14M7 12h6',
  deliveries: 'M10 13V4M6.5 7.5 10 4l3.5 3.5M3 13v3h14v-3',
  templates: 'M4 3h9l3 3v11H4zM7 9h6M7 13h6',
  waiting: 'M7 8a3 3 0 1 1 4 2.8c-.7.3-1 .8-1 1.7M10 15.5v.5M3 3h14v14H3z',
  subjects: 'M4 17V4h8v13M12 9h4v8M2 17h16M7 7h2M7 10h2M7 13h2',
  cases: 'M3 5h5l2 2h7v9H3zM6 10.500h8M6 13h5',
  measures: 'M10 3v14M5 17h10M4 6h12M4 6l-2 5h4zM16 6l-2 5h4z',
  clocks: 'M10 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM10 7.500v3.500l2.500 1.500M8 2h4',
  campaigns: 'M4 3v14M4 4h11l-3 3.500 3 3.500H4',
  'government-cases': 'M3 17h14M4 8h12M5 8v9M9 8v9M13 8v9M16 8 10 3 4 8',
  check: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17M6.5 9l2 2 3-3.5',
  reports: 'M5 3h7l3 3v11H5zM8 10h4M8 13h4M11.5 3v4H15',
  bindings: 'M8 12l4-4M7 9l-2 2a3 3 0 0 0 4 4l2-2M13 11l2-2a3 3 0 0 0-4-4L9 7',
  'account-resets': 'M6 9V6.500a4 4 0 0 1 7.500-2M4 9h12v8H4zM10 12v2',
  authorisations: 'M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2h3v3h-5z',
  departments: 'M3 17V9M8 17V4M13 17v-6M18 17H2',
  notices: 'M3 5h14v10H3zM3 5l7 6 7-6',
  rights: 'M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 17c0-3 3-5 7-5s7 2 7 5',
  compliance: 'M10 2 4 4.5V10c0 4 2.5 6.5 6 8 3.500-1.500 6-4 6-8V4.500zM7 10l2 2 4-4',
  receivers: 'M3 10h9M9 6.500l3.500 3.500L9 13.500M13 3h4v14h-4',
  looks: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  delays: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l3 2M4 17 16 3',
  'asked-looks': 'M3 4h14v10H9l-4 3v-3H3zM8 7.500a2 2 0 1 1 2.500 2v1M10.500 12v.3',
  programs: 'M3 4h14v12H3zM6 8l2.5 2L6 12M10.5 12.5H14',
  people: 'M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3 2-5 5-5s5 2 5 5M14 9a2.5 2.5 0 1 0-1-4.8M14 12c2.5 0 4 2 4 5',
  permissions: 'M3 3h14v14H3zM3 8h14M8 3v14M10.5 12l1.5 1.5 2.5-3',
  'sign-ins': 'M9 3h7v14H9M3 10h9M9 7l3 3-3 3',
  security: 'M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3M10 12v2',
  catalogue: 'M4 3h5v14H4zM11 3h5v14h-5zM6 6h1M13 6h1',
}

/** A decorative icon. */
export function Icon({ name }: { readonly name: string }) {
  return (
    <svg className="mx-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[name] ?? ''} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  )
}
