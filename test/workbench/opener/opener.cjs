const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const viewType = 'rolloutAnnotator.editor';

/**
 * Activated when every extension is registered, which is the point of this extension: a file opened earlier
 * gets the text editor. Two ways in, by environment variable: ROLLOUT_ANNOTATOR_OPEN names a file to open in a
 * window that shows none; ROLLOUT_ANNOTATOR_REQUESTS names a folder in which tests leave requests.
 */
exports.activate = async context => {
  const file = process.env.ROLLOUT_ANNOTATOR_OPEN;
  const isEmpty = vscode.window.tabGroups.all.every(group => group.tabs.length === 0);
  if (file && isEmpty)
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(file), viewType);

  const folder = process.env.ROLLOUT_ANNOTATOR_REQUESTS;
  if (folder) context.subscriptions.push(answerRequests(folder));
};

/**
 * Runs what is asked for in PID-N.request.json, {command, args}, and answers in PID-N.response.json with
 * {result} or {error}. "ready" holds the id of the host that answers: after a reload the host of the window
 * that is gone may live on for a while, and must not take requests meant for its successor. Requests are
 * looked for by polling, since a container may have no file watchers left.
 */
function answerRequests(folder) {
  const isOwn = name => name.startsWith(`${process.pid}-`) && name.endsWith('.request.json');
  const timer = setInterval(() => {
    for (const name of fs.readdirSync(folder).filter(isOwn)) void answer(path.join(folder, name));
  }, 50);
  writeWhole(path.join(folder, 'ready'), String(process.pid));
  return { dispose: () => clearInterval(timer) };
}

async function answer(request) {
  const { command, args } = JSON.parse(fs.readFileSync(request, 'utf8'));
  fs.rmSync(request);
  let response;
  try {
    response = JSON.stringify({
      result: await vscode.commands.executeCommand(command, ...args.map(reviveUri)),
    });
  } catch (error) {
    response = JSON.stringify({ error: `${command}: ${error}` });
  }
  writeWhole(request.replace('.request.json', '.response.json'), response);
}

/** A Uri is sent as {file: path}. */
function reviveUri(value) {
  return typeof value?.file === 'string' ? vscode.Uri.file(value.file) : value;
}

/** The reader polls: it must never see half a file. */
function writeWhole(file, text) {
  fs.writeFileSync(`${file}.partial`, text);
  fs.renameSync(`${file}.partial`, file);
}
