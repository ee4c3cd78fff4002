process.env.TEST_SPEED = '1';
