import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { say } from '../../kit/words.ts'
import { keysAreOn, switchKeys } from './keys.ts'

const KEYS = ['/', '?', 'g w', 'g u', 'g q', 'g c', '1 2 3', 'n', 'r', 's', 'u'] as const

/** The list of keys, and the switch that turns them off. */
export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [on, setOn] = useState(keysAreOn)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className="mx-dialog" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{say('console.keys.title')}</h2>
      <dl className="mx-keys">
        {KEYS.map(key => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(`console.keys.${key === '/' ? 'search' : key === '?' ? 'list' : key.replaceAll(' ', '-')}`)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <label>
          <input
            type="checkbox"
            checked={on}
            onChange={event => {
              switchKeys(event.target.checked)
              setOn(event.target.checked)
            }}
          />{' '}
          {say('console.keys.switch')}
        </label>
      </p>
      <Button onClick={onClose}>{say('console.close')}</Button>
    </dialog>
  )
}
