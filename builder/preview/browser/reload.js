(() => {
  'use strict';
  const address = document.currentScript.dataset.events;
  let source, host, ready, dialog, button, notes, told, isBroken;

  // A hidden page does not listen: a browser opens only six connections to one host. Its stamp tells what it missed.
  const listen = () => {
    if (source) source.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource(address);
    source.addEventListener('reload', () => {
      source.close();
      location.reload();
    });
    source.addEventListener('problems', event => tell(true, JSON.parse(event.data).html));
    source.addEventListener('mended', event => tell(false, JSON.parse(event.data).html));
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };

  // A shadow root keeps the theme's styles out of the panel and the panel's out of the page.
  const make = () => {
    host = document.createElement('div');
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/_preview/panel.css';
    dialog = document.createElement('dialog');
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-labelledby', 'heading');
    dialog.tabIndex = -1;
    dialog.autofocus = true; // the panel itself, so that the arrow keys scroll it
    button = document.createElement('button');
    button.className = 'again';
    button.hidden = true;
    button.addEventListener('click', open);
    dialog.addEventListener('close', () => { button.hidden = !isBroken; });
    notes = document.createElement('div');
    notes.className = 'notes';
    host.attachShadow({ mode: 'open' }).append(style, notes, dialog, button);
    return new Promise(resolve => {
      style.addEventListener('load', resolve);
      style.addEventListener('error', resolve);
      document.body.append(host);
    });
  };

  const open = () => {
    button.hidden = true;
    if (!dialog.open) dialog.showModal();
  };

  // What is told last holds: problems, over all, or warnings, folded at the foot of the page; or nothing of either.
  const tell = async (broken, html) => {
    const mine = told = {};
    isBroken = broken;
    if (!html) {
      if (host) host.remove();
      host = undefined;
      return;
    }
    if (!host) ready = make();
    await ready;
    if (told !== mine) return;
    if (broken) show(html);
    else note(html);
  };

  const show = html => {
    notes.textContent = '';
    dialog.innerHTML = html;
    dialog.lang = button.lang = dialog.firstElementChild.lang;
    button.textContent = dialog.querySelector('h1').textContent;
    dialog.querySelector('button').addEventListener('click', () => dialog.close());
    open();
    dialog.scrollTop = 0;
  };

  const note = html => {
    const wasOpen = notes.querySelector('details[open]');
    dialog.close();
    dialog.textContent = '';
    button.hidden = true;
    notes.innerHTML = html;
    notes.querySelector('details').open = Boolean(wasOpen);
  };

  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', event => { if (event.persisted) listen(); });
  listen();
})();
