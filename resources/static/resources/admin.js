/* Names the boxes of the desk's search-as-you-type fields for screen readers. The fields work
   without it. */
(function () {
  "use strict";
  function name(select) {
    const label = document.querySelector('label[for="' + select.id + '"]');
    const box = select.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) return;
    label.id = label.id || select.id + "-label";
    box.querySelectorAll('[role="combobox"], [role="textbox"]').forEach(function (part) {
      const others = (part.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
      if (!others.includes(label.id)) part.setAttribute("aria-labelledby", [label.id].concat(others).join(" "));
    });
    box.querySelectorAll(".select2-search__field").forEach(function (field) {
      field.setAttribute("aria-label", label.textContent.replace(/:\s*$/, "").trim());
    });
  }
  window.addEventListener("load", function () {
    document.querySelectorAll("select.admin-autocomplete").forEach(name);
    if (!window.django || !window.django.jQuery) return;
    window.django.jQuery(document).on("select2:open", function (event) {
      const label = document.querySelector('label[for="' + event.target.id + '"]');
      const field = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
      if (label && field) field.setAttribute("aria-label", label.textContent.replace(/:\s*$/, "").trim());
    });
  });
})();
