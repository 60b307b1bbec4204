/* Enhances pages that are complete without it: copying, comparing a file with a report, reading aloud. Nothing leaves the device. */
const words = document.currentScript.dataset

for (const place of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) break
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = place.dataset.copy
  const text = place.textContent
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.trim())
    button.textContent = words.copied
    setTimeout(() => {
      button.textContent = place.dataset.copy
    }, 2000)
  })
  place.append(button)
}

const compare = document.getElementById('compare')
if (compare && globalThis.crypto?.subtle) {
  compare.hidden = false
  const answer = document.getElementById('compare-answer')
  document.getElementById('compare-file').addEventListener('change', async event => {
    const file = event.target.files[0]
    if (!file) return
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
    const digest = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
    const isSame = digest === document.getElementById('digest').textContent.trim().toLowerCase()
    answer.textContent = isSame ? compare.dataset.same : compare.dataset.differs
    answer.className = isSame ? 'on-time' : 'late'
  })
}

// Signing out goes on to the provider of the unified identity; without scripts by its button.
const leave = document.querySelector('form[data-leave]')
if (leave) leave.requestSubmit()

const main = document.querySelector('.errors')
if (main) main.focus()

// Only voices of the device itself: a page read by a service would be told to the service.
const tools = document.querySelector('.tools')
function offerVoice() {
  const voice = speechSynthesis.getVoices().find(one => one.localService && one.lang.startsWith('zh'))
  if (!voice || document.getElementById('aloud')) return
  const button = document.createElement('button')
  button.type = 'button'
  button.id = 'aloud'
  button.textContent = words.read
  button.setAttribute('aria-pressed', 'false')
  button.addEventListener('click', () => {
    const isReading = button.getAttribute('aria-pressed') === 'true'
    speechSynthesis.cancel()
    button.setAttribute('aria-pressed', String(!isReading))
    button.textContent = isReading ? words.read : words.stop
    if (isReading) return
    // biome-ignore lint/performance/useDomNodeTextContent: what is folded is not to be read
    const speech = new SpeechSynthesisUtterance(document.getElementById('main').innerText)
    speech.voice = voice
    speech.lang = voice.lang
    speechSynthesis.speak(speech)
  })
  tools.append(button)
}
if (tools && 'speechSynthesis' in globalThis) {
  offerVoice()
  speechSynthesis.addEventListener?.('voiceschanged', offerVoice)
}
