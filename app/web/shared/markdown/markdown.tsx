import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { type Block, parseMarkdown } from "./block";
import type { Inline } from "./inline";

interface Props {
  text: string;
  /** How to show the mark of a citation, `[n]`; without it the marks are left out. */
  cite?: (number: number) => ComponentChildren;
  onLink?: (href: string, event: TargetedMouseEvent<HTMLAnchorElement>) => void;
}

/** Shows Markdown as elements, so that no text can ever become markup. */
export function Markdown({ text, cite, onLink }: Props) {
  const inline = (nodes: Inline[]): ComponentChildren => nodes.map(one);

  function one(node: Inline): ComponentChildren {
    switch (node.kind) {
      case "text":
        return node.text;
      case "strong":
        return <strong>{inline(node.children)}</strong>;
      case "em":
        return <em>{inline(node.children)}</em>;
      case "code":
        return <code>{node.text}</code>;
      case "break":
        return <br />;
      case "cite":
        return cite?.(node.number) ?? null;
      case "link":
        return (
          <a href={node.href} target="_blank" rel="noopener noreferrer" onClick={(event) => onLink?.(node.href, event)}>
            {inline(node.children)}
          </a>
        );
    }
  }

  function block(node: Block): ComponentChildren {
    switch (node.kind) {
      case "paragraph":
        return <p>{inline(node.children)}</p>;
      case "heading":
        return (
          <p class="md-heading">
            <strong>{inline(node.children)}</strong>
          </p>
        );
      case "list": {
        const items = node.items.map((item) => <li>{inline(item)}</li>);
        return node.ordered ? <ol start={node.start}>{items}</ol> : <ul>{items}</ul>;
      }
      case "table":
        return (
          <div class="md-table">
            <table>
              <thead>
                <tr>{node.head.map((cell) => (cell.length === 0 ? <td /> : <th scope="col">{inline(cell)}</th>))}</tr>
              </thead>
              <tbody>{node.rows.map((row) => <tr>{row.map((cell) => <td>{inline(cell)}</td>)}</tr>)}</tbody>
            </table>
          </div>
        );
    }
  }

  return <div class="md">{parseMarkdown(text).map(block)}</div>;
}
