"""The TypeScript half."""
