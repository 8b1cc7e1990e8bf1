// Sums while one types the numbers of a draft, and Enter and arrows that go down and up a column. Without this the
// page counts when it is saved.
const form = document.querySelector("[data-sums]");
const read = (text) => {
  const digits = text.trim().replace(/[.\s\u00a0]/g, "");
  return /^\d+$/.test(digits) ? Number(digits) : null;
};
const written = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
const column = (k) => [...form.querySelectorAll(`td[data-column="${k}"]`)];

function count(k) {
  const line = form.querySelector(`[data-balance="${k}"]`);
  const given = column(k).reduce((sum, cell) => sum + (read(cell.querySelector("input").value) ?? Number(cell.dataset.now)), 0);
  const goal = line.dataset.goal === "" ? null : Number(line.dataset.goal);
  line.querySelector("[data-given]").textContent = written(given) + (goal === null ? "" : "/" + written(goal));
  if (goal === null) return;
  const state = given < goal ? "left" : given > goal ? "over" : "even";
  line.querySelectorAll("[data-state]").forEach((tag) => {
    tag.hidden = tag.dataset.state !== state;
    const n = tag.querySelector("[data-gap]");
    if (n) n.textContent = written(Math.abs(goal - given));
  });
}

function go(input, step) {
  const cell = input.closest("td[data-column]");
  const cells = column(cell.dataset.column);
  const next = cells[cells.indexOf(cell) + step];
  if (next) next.querySelector("input").select();
  else if (step > 0) form.querySelector("button[value=save]").focus();
}

if (form) {
  form.addEventListener("input", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (cell) count(cell.dataset.column);
  });
  form.addEventListener("keydown", (event) => {
    if (!event.target.closest("td[data-column]")) return;
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(event.target, step);
  });
}
