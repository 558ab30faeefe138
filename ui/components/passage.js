
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
