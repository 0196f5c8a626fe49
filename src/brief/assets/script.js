(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');
  var mains = Array.prototype.slice.call(document.querySelectorAll('main'));
  var bars = Array.prototype.slice.call(document.querySelectorAll('.bar'));
  function speak(code) {
    mains.concat(bars).forEach(function (m) { m.hidden = m.lang !== code; });
    root.lang = code;
    var main = mains.filter(function (m) { return m.lang === code; })[0];
    if (main) { document.title = main.getAttribute('data-title'); }
    hints();
  }
  document.querySelectorAll('[data-speak]').forEach(function (b) {
    b.addEventListener('click', function () { speak(b.getAttribute('data-speak')); });
  });
  function wanted() {
    var at = location.hash.replace('#', '').split('-')[0];
    return mains.some(function (m) { return m.lang === at; }) ? at : null;
  }
  function follow() {
    var code = wanted();
    if (!code || code === root.lang) { return; }
    speak(code);
    var target = document.getElementById(location.hash.slice(1));
    if (target) { target.scrollIntoView(); }
  }
  function hints() {
    document.querySelectorAll('.wide, .draw').forEach(function (box) {
      box.classList.toggle('more', box.scrollWidth > box.clientWidth + 1);
    });
  }
  speak(wanted() || root.lang);
  hints();
  window.addEventListener('resize', hints);
  document.addEventListener('toggle', hints, true);
  window.addEventListener('hashchange', follow);
  document.querySelectorAll('[data-draft]').forEach(function (box) {
    box.addEventListener('change', function () {
      var g = box.getAttribute('data-draft');
      root.classList.toggle('off-' + g, !box.checked);
      document.querySelectorAll('[data-draft="' + g + '"]').forEach(function (o) { o.checked = box.checked; });
    });
  });
  function value(row, at) {
    var cell = row.cells[at];
    var v = cell.getAttribute('data-v');
    return v === null ? cell.textContent.trim() : (v === '' ? -Infinity : Number(v));
  }
  document.querySelectorAll('th button').forEach(function (b) {
    b.addEventListener('click', function () {
      var th = b.parentNode, at = th.cellIndex, body = th.closest('table').tBodies[0];
      var up = th.getAttribute('aria-sort') !== 'ascending';
      th.parentNode.querySelectorAll('[aria-sort]').forEach(function (o) { o.removeAttribute('aria-sort'); });
      th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      Array.prototype.slice.call(body.rows).sort(function (x, y) {
        var a = value(x, at), c = value(y, at);
        var order = typeof a === 'number' && typeof c === 'number' ? a - c : String(a).localeCompare(String(c), root.lang);
        return up ? order : -order;
      }).forEach(function (r) { body.appendChild(r); });
    });
  });
  var tip = document.getElementById('tip');
  document.querySelectorAll('.chart title').forEach(function (t) {
    var mark = t.parentNode;
    mark.setAttribute('data-tip', t.textContent);
    if (mark.getAttribute('data-row')) { mark.style.cursor = 'pointer'; }
    mark.removeChild(t);
  });
  document.addEventListener('click', function (e) {
    var mark = e.target.closest ? e.target.closest('[data-row]') : null;
    if (mark) { location.hash = mark.getAttribute('data-row'); }
  });
  document.addEventListener('pointermove', function (e) {
    var mark = e.target.closest ? e.target.closest('[data-tip]') : null;
    if (!mark) { tip.style.display = 'none'; return; }
    tip.textContent = mark.getAttribute('data-tip');
    tip.style.display = 'block';
    tip.style.left = Math.max(4, Math.min(e.clientX + 14, window.innerWidth - tip.offsetWidth - 6)) + 'px';
    tip.style.top = Math.max(4, Math.min(e.clientY + 14, window.innerHeight - tip.offsetHeight - 6)) + 'px';
  });
}());
