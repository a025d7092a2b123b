/** The theme's variables, written by the build: see theme/variables.ts. */
declare module "virtual:theme.css";
