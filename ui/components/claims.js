
function element(tag, name, text) {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text !== undefined && text !== null) node.textContent = text
  return node
}

function cardNode(card, open) {
  const node = element("button", "claim")
  node.type = "button"
  node.setAttribute("role", "listitem")
  node.style.setProperty("--group", card.colour)
  const head = element("span", "head")
  head.append(element("span", "figure", card.figure), element("span", "group", card.group))
  if (card.flag) head.append(element("span", "flag", card.flag))
  const facts = element("span", "facts")
  for (const fact of card.facts) {
    const pair = element("span", "fact")
    pair.append(element("span", "name", fact.name), element("span", "value", fact.value))
    if (fact.inferred) {
      pair.append(element("span", "inferred", "filled in"))
      pair.title = "The sentence does not state it; it was filled in from the rest of the report."
    }
    facts.append(pair)
  }
  const sentence = element("span", "sentence")
  sentence.append(...card.pieces.map(piece => pieceNode(piece, null)))
  node.append(head, facts, sentence)
  node.onclick = () => open(card.key)
  return node
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const list = parentElement.querySelector(".claims")
  if (!list || !data) return
  const open = key => setTriggerValue("opened", key)
  list.replaceChildren(...data.cards.map(card => cardNode(card, open)))
}
