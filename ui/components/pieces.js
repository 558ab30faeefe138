// Shared: a piece of text becomes a text node, a figure a <mark> around one.
function pieceNode(piece, open) {
  const marked = Boolean(piece.key && piece.colour)
  const node = document.createElement(marked ? "mark" : "span")
  node.textContent = piece.text
  if (piece.shade) node.classList.add("shade")
  if (!marked) return node
  node.style.setProperty("--figure", piece.colour)
  if (piece.note) node.title = piece.note
  if (piece.current) node.classList.add("current")
  if (open) {
    node.classList.add("open")
    node.onclick = event => {
      event.stopPropagation()
      open(piece.key)
    }
  }
  return node
}
