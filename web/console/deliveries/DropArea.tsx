import { Button } from 'antd'
import { useRef, useState } from 'react'
import { say } from '../../kit/words.ts'
import { csvOfPaste, rowsOfPaste } from './pasted-cells.ts'

type Props = {
  readonly id: string
  readonly disabled?: boolean
  readonly accept: string
  readonly onFile: (file: File) => void
}

/** Takes a file: dropped, chosen, or a table pasted from a spreadsheet. */
export function DropArea({ id, disabled, accept, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [said, setSaid] = useState('')
  const take = (file: File | undefined): void => {
    if (!file || disabled) return
    setSaid(say('console.send.taken', { name: file.name }))
    onFile(file)
  }
  const paste = (event: React.ClipboardEvent): void => {
    const file = event.clipboardData.files[0]
    const text = event.clipboardData.getData('text')
    const csv = csvOfPaste(text)
    event.preventDefault()
    if (file) take(file)
    else if (csv) {
      setSaid(say('console.send.pasted', { count: rowsOfPaste(text).length }))
      onFile(new File([csv], say('console.send.pasted-name'), { type: 'text/csv' }))
    } else setSaid(say('console.send.paste-no-table'))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button and the paste field beside it as equals
    <div
      className={over ? 'mx-drop mx-drop-over' : 'mx-drop'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
    >
      <p>{say('console.send.drop')}</p>
      <div className="mx-row">
        <Button type="primary" disabled={disabled ?? false} onClick={() => input.current?.click()}>
          {say('console.send.choose')}
        </Button>
        <input
          ref={input}
          id={id}
          type="file"
          className="mx-hidden"
          tabIndex={-1}
          aria-label={say('console.send.choose')}
          accept={accept}
          onChange={event => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <textarea
          className="mx-paste"
          rows={1}
          aria-label={say('console.send.paste-label')}
          placeholder={say('console.send.paste')}
          value=""
          onChange={() => undefined}
          onPaste={paste}
          disabled={disabled}
        />
      </div>
      <p role="status">{said}</p>
    </div>
  )
}
