/** The toolkit's controls, all that is used of them: the one file to change when the toolkit is replaced. */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- JSX is a namespace by its definition.
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ElementOf<{ appearance?: 'primary' | 'secondary' | 'icon'; disabled?: boolean }>;
      'vscode-dropdown': ElementOf<{ value?: string }>;
      'vscode-option': ElementOf<{ value?: string; selected?: boolean }>;
      'vscode-progress-ring': ElementOf<object>;
      'vscode-text-area': ElementOf<{
        value?: string;
        placeholder?: string;
        rows?: number;
        resize?: string;
        disabled?: boolean;
      }>;
      'vscode-text-field': ElementOf<{ value?: string; placeholder?: string; autofocus?: boolean }>;
    }
    type ElementOf<P> = HTMLAttributes<HTMLElement> & P;
  }
}
