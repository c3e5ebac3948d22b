export { communeIn } from '#libs/sirene';
