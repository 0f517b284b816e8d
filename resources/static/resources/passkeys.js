/* Says on the page, not in the console alone, that a passkey was not used. */
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  document.getElementById('passkey-failed').hidden = false
})
