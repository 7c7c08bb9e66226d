// Sets theme, density and language before the first paint, so that nothing flashes.
// A file of its own, not inline: the content policy allows no inline script.
;(function () {
  var root = document.documentElement
  var read = function (key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  var theme = read('omb.theme')
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.dataset.density = read('omb.density') === 'compact' ? 'compact' : 'comfortable'
  var language = read('omb.language')
  if (language) root.lang = language
})()
