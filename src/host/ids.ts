/** Every id that package.json contributes, typed once; a test holds them against it. */
export const viewTypes = {
  editor: 'rolloutAnnotator.editor',
  option: 'rolloutAnnotator.editorOption',
} as const;

export const commands = {
  openSample: 'rolloutAnnotator.openSample',
  openFile: 'rolloutAnnotator.openFile',
  openReport: 'rolloutAnnotator.openReport',
  changeRater: 'rolloutAnnotator.changeRater',
} as const;

export const settings = {
  section: 'rolloutAnnotator',
  rater: 'rater',
  annotationsFolder: 'annotationsFolder',
  maxLineMegabytes: 'maxLineMegabytes',
  keys: 'keys',
} as const;

/** Context key: the active editor is ours. */
export const activeContext = 'rolloutAnnotator.active';
