// Makes photographs smaller on the device before they are sent; without it they are sent as they are. Nothing leaves the device by it.
const MOST = 1.5 * 1024 * 1024
const LONGEST = 2400

function sizeText(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / 1024 / 1024).toFixed(1)}MB`
}

async function smaller(file) {
  if (file.size <= MOST || !/^image\/(jpeg|png)$/.test(file.type)) return file
  const picture = await createImageBitmap(file)
  for (const quality of [0.85, 0.7, 0.5]) {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && (blob.size <= MOST || quality === 0.5))
      return blob.size < file.size ? new File([blob], file.name.replace(/\.[a-z]+$/i, '.jpg'), { type: 'image/jpeg' }) : file
  }
  return file
}

for (const input of document.querySelectorAll('input[data-shrink]')) {
  const note = document.createElement('p')
  note.className = 'hint'
  note.setAttribute('role', 'status')
  input.after(note)
  input.addEventListener('change', async () => {
    const chosen = [...input.files]
    const buttons = input.form.querySelectorAll('button')
    for (const button of buttons) button.disabled = true
    const files = await Promise.all(chosen.map(file => smaller(file).catch(() => file)))
    for (const button of buttons) button.disabled = false
    // Another choice was made meanwhile.
    if (chosen.some((file, at) => file !== input.files[at])) return
    if (files.some((file, at) => file !== chosen[at])) {
      const kept = new DataTransfer()
      for (const file of files) kept.items.add(file)
      input.files = kept.files
    }
    note.textContent = files
      .map((file, at) =>
        file === chosen[at]
          ? `${file.name} ${sizeText(file.size)}`
          : input.dataset.shrink
              .replace('{name}', file.name)
              .replace('{from}', sizeText(chosen[at].size))
              .replace('{to}', sizeText(file.size)),
      )
      .join(' ')
  })
}
