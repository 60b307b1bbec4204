/* Asks the device for a passkey: to sign in, to prove again who it is, to add one. The page does everything else without it. */
const API = '/api/v1'

const bytesOf = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), one => one.charCodeAt(0))
const textOf = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const named = list => (list ?? []).map(one => ({ ...one, id: bytesOf(one.id) }))

async function post(path, csrf, body) {
  const answer = await fetch(API + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...(csrf ? { 'x-csrf': csrf } : {}) },
    body: JSON.stringify(body),
  })
  const data = await answer.json()
  if (!answer.ok) throw Object.assign(new Error(data.title), { isTold: true })
  return data
}

async function create({ options }) {
  const publicKey = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  }
  const made = await navigator.credentials.create({ publicKey })
  const response = {
    clientDataJSON: textOf(made.response.clientDataJSON),
    attestationObject: textOf(made.response.attestationObject),
  }
  return { id: made.id, rawId: textOf(made.rawId), type: made.type, clientExtensionResults: {}, response }
}

async function use({ options }) {
  const publicKey = { ...options, challenge: bytesOf(options.challenge), allowCredentials: named(options.allowCredentials) }
  const used = await navigator.credentials.get({ publicKey })
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response
  const response = {
    clientDataJSON: textOf(clientDataJSON),
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    ...(userHandle ? { userHandle: textOf(userHandle) } : {}),
  }
  return { id: used.id, rawId: textOf(used.rawId), type: used.type, clientExtensionResults: {}, response }
}

const DEEDS = {
  'sign-in': async () =>
    post('/sessions/passkey', '', { response: await use(await post('/sessions/passkey/challenge', '', {})) }),
  renew: async csrf =>
    post('/sessions/me/fresh', csrf, { response: await use(await post('/sessions/me/fresh/challenge', csrf, {})) }),
  enrol: async (csrf, name) => {
    const response = await create(await post('/account/passkeys/challenge', csrf, {}))
    return post('/account/passkeys', csrf, { name, response })
  },
}

function showCodes(place, codes) {
  const list = place.querySelector('ol')
  for (const code of codes) list.append(Object.assign(document.createElement('li'), { className: 'code', textContent: code }))
  place.hidden = false
  place.focus()
}

/* Nothing that was chosen is lost: the page stays, its forms go on with the renewed session, and the proof is no longer asked for. */
function goOn(form, csrf, told) {
  for (const field of document.querySelectorAll('input[name=csrf]')) field.value = csrf
  const proof = form.querySelector('.proof')
  const note = Object.assign(document.createElement('p'), { className: 'banner', textContent: told, tabIndex: -1 })
  note.setAttribute('role', 'status')
  proof.replaceWith(note)
  note.focus()
}

for (const place of document.querySelectorAll('[data-passkey]')) {
  const { passkey, origin, csrf, back, stay, elsewhere, cancelled, unnamed, proved } = place.dataset
  const note = place.querySelector('[role=status]')
  const button = place.querySelector('button')
  const name = place.querySelector('input')
  if (!globalThis.PublicKeyCredential) continue
  // At another address it cannot work: whoever wants to add one is told where, to everybody else it is not offered.
  if (origin !== location.origin && passkey !== 'enrol') continue
  place.hidden = false
  if (origin !== location.origin) {
    button.disabled = true
    note.textContent = elsewhere
    continue
  }
  button.addEventListener('click', async () => {
    if (name && name.value.trim() === '') {
      note.textContent = unnamed
      name.focus()
      return
    }
    button.disabled = true
    note.textContent = ''
    try {
      const done = await DEEDS[passkey](csrf, name?.value.trim())
      const codes = document.getElementById('new-codes')
      if (done.recoveryCodes && codes) showCodes(codes, done.recoveryCodes)
      else if (stay) goOn(document.getElementById(stay), done.csrf, proved)
      else location.assign(back)
    } catch (error) {
      note.textContent = error.isTold ? error.message : cancelled
      button.disabled = false
    }
  })
}
