// "Chép": puts a readonly text on the clipboard. Without script or clipboard the text can be selected by hand.
document.addEventListener("click", async (event) => {
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
  if (navigator.clipboard) root.querySelectorAll("[data-copies][hidden]").forEach((holder) => (holder.hidden = false));
}
offer(document);
document.addEventListener("htmx:afterSwap", () => offer(document));
