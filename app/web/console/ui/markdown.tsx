import { Fragment, type ReactNode } from "react";
import { type Block, parseMarkdown } from "../../shared/markdown/block";
import type { Inline } from "../../shared/markdown/inline";

interface Props {
  text: string;
  /** How to show the mark of a citation, `[n]`; without it the marks are left out. */
  cite?: (number: number) => ReactNode;
}

/** Shows Markdown as elements, so that no text can ever become markup. */
export function Markdown({ text, cite }: Props) {
  return <div className="md">{parseMarkdown(text).map((node, at) => <BlockView key={at} node={node} cite={cite} />)}</div>;
}

type Cite = Props["cite"];

function BlockView({ node, cite }: { node: Block; cite: Cite }) {
  const inline = (nodes: Inline[]) => <Inlines nodes={nodes} cite={cite} />;
  switch (node.kind) {
    case "paragraph":
      return <p>{inline(node.children)}</p>;
    case "heading":
      return (
        <p className="md-heading">
          <strong>{inline(node.children)}</strong>
        </p>
      );
    case "list": {
      const items = node.items.map((item, at) => <li key={at}>{inline(item)}</li>);
      return node.ordered ? <ol start={node.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <div className="md-table">
          <table>
            <thead>
              <tr>
                {node.head.map((cell, at) =>
                  cell.length === 0 ? (
                    <td key={at} />
                  ) : (
                    <th key={at} scope="col">
                      {inline(cell)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {node.rows.map((row, at) => (
                <tr key={at}>
                  {row.map((cell, column) => (
                    <td key={column}>{inline(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Inlines({ nodes, cite }: { nodes: Inline[]; cite: Cite }) {
  return nodes.map((node, at) => <Fragment key={at}>{one(node, cite)}</Fragment>);
}

function one(node: Inline, cite: Cite): ReactNode {
  switch (node.kind) {
    case "text":
      return node.text;
    case "strong":
      return <strong><Inlines nodes={node.children} cite={cite} /></strong>;
    case "em":
      return <em><Inlines nodes={node.children} cite={cite} /></em>;
    case "code":
      return <code>{node.text}</code>;
    case "break":
      return <br />;
    case "cite":
      return cite?.(node.number) ?? null;
    case "link":
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer">
          <Inlines nodes={node.children} cite={cite} />
        </a>
      );
  }
}
