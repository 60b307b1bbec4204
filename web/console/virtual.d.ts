declare module 'virtual:words' {
  export const sentences: Readonly<Record<string, string>>
}
declare module 'virtual:words/*' {
  export const sentences: Readonly<Record<string, string>>
}
declare module '*.css'
