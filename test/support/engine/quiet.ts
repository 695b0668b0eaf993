/* eslint-disable @n8n/community-nodes/no-restricted-globals */

// To be imported before n8n-core, which otherwise logs every error that a test provokes.
process.env.N8N_LOG_LEVEL = 'silent';
