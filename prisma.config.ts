import { defineConfig } from 'prisma/config';

export default defineConfig({ schema: 'core/stores/inventory/schema.prisma' });
