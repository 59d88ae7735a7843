(() => {
  'use strict';
  const address = document.currentScript.dataset.events;
  let source, host, ready, dialog, button;

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
    source.addEventListener('problems', event => show(JSON.parse(event.data).html));
    source.addEventListener('mended', hide);
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
    dialog.addEventListener('close', () => { button.hidden = false; });
    host.attachShadow({ mode: 'open' }).append(style, dialog, button);
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

  const show = async html => {
    if (!host) ready = make();
    await ready;
    if (!host) return; // mended meanwhile
    dialog.innerHTML = html;
    dialog.lang = button.lang = dialog.firstElementChild.lang;
    button.textContent = dialog.querySelector('h1').textContent;
    dialog.querySelector('button').addEventListener('click', () => dialog.close());
    open();
    dialog.scrollTop = 0;
  };

  const hide = () => {
    if (host) host.remove();
    host = undefined;
  };

  document.addEventListener('visibilitychange', listen);
  addEventListener('pageshow', event => { if (event.persisted) listen(); });
  listen();
})();
