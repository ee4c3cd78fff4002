import { fuzzReaders } from './fuzzReaders';
import { READERS } from './readers';

const INPUTS = 100_000;

fuzzReaders(Math.ceil(INPUTS / Object.keys(READERS).length));
