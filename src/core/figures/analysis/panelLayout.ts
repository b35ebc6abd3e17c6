/** Where the plots of a figure's panels stand. */
export interface PanelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PanelLayout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PanelBox[];
}

/** Room around a plot: its axes' labels and titles below and to the left, its own title above. */
export interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const usualRoom: Room = { left: 58, right: 14, top: 12, bottom: 42 };
/** For a panel's title. */
export const titleRoom = 14;

/** A figure of one panel, or of several side by side in rows of two (`twoWide` pixels together) or three. */
export function panelLayout(
  count: number,
  height = 230,
  given: Partial<Room> = {},
  twoWide = 780,
): PanelLayout {
  const room = { ...usualRoom, ...given };
  const many = count > 1;
  const columns = count <= 1 ? 1 : count === 3 || count > 4 ? 3 : 2;
  const full = columns === 1 ? 560 : columns === 2 ? twoWide : 960;
  const cell = full / columns;
  const top = room.top + (many ? titleRoom : 0);
  const row = top + height + room.bottom + (many ? 6 : 0);
  return {
    width: full,
    height: row * Math.ceil(Math.max(1, count) / columns),
    boxes: Array.from({ length: count }, (_, index) => ({
      x: (index % columns) * cell + room.left,
      y: Math.floor(index / columns) * row + top,
      width: cell - room.left - room.right,
      height,
    })),
  };
}
