export { queueControllers } from './queues.controller.js';
export { QueueDesk } from './queue-desk.js';
