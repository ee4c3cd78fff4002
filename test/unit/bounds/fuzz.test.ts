import { fuzzReaders } from './fuzzReaders';

fuzzReaders(150);
