let names: Readonly<Record<string, string>> = {}

/** Takes the city's districts from the session: code → name. */
export function setDistricts(given: Readonly<Record<string, string>>): void {
  names = given
}

/** The name of a district's code; a code of another city as it stands. */
export function districtName(code: string | null): string | null {
  return code === null ? null : (names[code] ?? code)
}
