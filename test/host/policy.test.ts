import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { webviewHtml, webviewOptions } from '../../src/host/webviewHtml';

describe('the policy of the pages', () => {
  const folder = vscode.Uri.file('/somewhere');
  const webview = {
    cspSource: 'https://source.example',
    asWebviewUri: (uri: vscode.Uri) => uri,
  } as unknown as vscode.Webview;

  it('lets in one script and styles, and nothing out', () => {
    const html = webviewHtml(webview, folder, 'editor', 'Title');
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    const directives = new Map(
      policy.split('; ').map(directive => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values] as const;
      }),
    );
    assert.deepEqual([...directives.keys()].sort(), [
      'base-uri',
      'default-src',
      'form-action',
      'script-src',
      'style-src',
    ]);
    for (const name of ['default-src', 'base-uri', 'form-action'])
      assert.deepEqual(directives.get(name), ["'none'"]);
    const [nonce = '', ...others] = directives.get('script-src') ?? [];
    assert.match(nonce, /^'nonce-[A-Za-z0-9+/]{22}=='$/);
    assert.deepEqual(others, []);
    assert.deepEqual(directives.get('style-src'), ['https://source.example', nonce]);
    assert.ok(!policy.includes('unsafe'));
    assert.notEqual(webviewHtml(webview, folder, 'editor', 'Title'), html, 'a nonce is used once');
  });

  it('lets pages read files of dist/webview alone', () => {
    const roots = webviewOptions(folder).localResourceRoots?.map(({ path }) => path);
    assert.deepEqual(roots, ['/somewhere/dist/webview']);
  });
});
