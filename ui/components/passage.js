
// Offsets count characters as Python does, not UTF-16 units: an emoji is one.
function length(text) {
  return Array.from(text).length
}

function mark(box, parentElement, setTriggerValue) {
  const root = parentElement.getRootNode()
  const selection = root.getSelection ? root.getSelection() : document.getSelection()
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return
  const range = selection.getRangeAt(0)
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return
  const before = document.createRange()
  before.selectNodeContents(box)
  before.setEnd(range.startContainer, range.startOffset)
  const start = length(before.toString())
  setTriggerValue("marked", { start, end: start + length(range.toString()) })
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const box = parentElement.querySelector(".passage")
  if (!box || !data) return
  const same = box.dataset.drawn === JSON.stringify(data)
  if (same) return
  box.dataset.drawn = JSON.stringify(data)
  box.setAttribute("aria-label", data.label)
  box.classList.toggle("whole", data.height !== null)
  box.style.maxHeight = data.height === null ? "none" : `${data.height}px`
  const open = data.height === null ? null : key => setTriggerValue("opened", key)
  box.replaceChildren(...data.pieces.map(piece => pieceNode(piece, open)))
  box.onmouseup = data.marking ? () => mark(box, parentElement, setTriggerValue) : null
  const current = box.querySelector("mark.current")
  if (current && data.height !== null) {
    // Scrolls the box alone: scrollIntoView would move the page as well.
    const place = () => {
      box.scrollTop = current.offsetTop - box.offsetTop - box.clientHeight / 3
    }
    place()
    requestAnimationFrame(place)
  }
}
