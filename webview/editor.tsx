import './toolkit';
import { render } from 'preact';
import { controller } from './editor/controller';
import { Editor } from './editor/Editor';

const root = document.getElementById('root');
if (root) render(<Editor controller={controller()} />, root);
