// "Chép": puts a readonly text on the clipboard. Without script or clipboard the text can be selected by hand.
// "In": prints the page; without script the reader asks the browser for it.
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-prints] button")) return window.print();
  const button = event.target.closest("[data-copies] button");
  if (!button) return;
  const holder = button.closest("[data-copies]");
  const field = document.getElementById(holder.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    holder.querySelector("[role=status]").textContent = holder.dataset.done;
  } catch {
    field.focus();
  }
});
function offer(root) {
  root.querySelectorAll("[data-prints][hidden]").forEach((holder) => (holder.hidden = false));
  if (navigator.clipboard) root.querySelectorAll("[data-copies][hidden]").forEach((holder) => (holder.hidden = false));
}
offer(document);
document.addEventListener("htmx:afterSwap", () => offer(document));
