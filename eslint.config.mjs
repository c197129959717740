import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import globals from "globals";

export default [
    { ignores: ["**/static/lib/**", "node_modules/**", ".lgo/**"] },
    js.configs.recommended,
    {
        files: ["addons/**/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", owl: "readonly", luxon: "readonly" },
        },
        rules: {
            "no-undef": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "no-console": ["error", { allow: ["warn", "error"] }],
            eqeqeq: "error",
            "no-eval": "error",
        },
    },
    prettier,
];
