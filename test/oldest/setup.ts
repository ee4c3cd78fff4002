// The default engine of that line needs isolated-vm, which does not build on Node 20.
process.env.N8N_EXPRESSION_ENGINE ??= 'legacy';
