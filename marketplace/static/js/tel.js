// The button of a meeting says how many people are ticked; without JavaScript it names no number.
for (const button of document.querySelectorAll("button[data-labels]")) {
  const labels = button.dataset.labels.split("|");
  const boxes = button.form.querySelectorAll(".tick input");
  const word = button.querySelector("span");
  const count = () => {
    word.textContent = labels[[...boxes].filter((box) => box.checked).length];
  };
  button.form.addEventListener("change", count);
  count();
}
