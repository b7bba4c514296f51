import { appLifespan } from './app-lifespan.ts';
import { backupScheduler } from './backup-scheduler.ts';
import { continuousMode } from './continuous-mode.ts';
import { dlqManager } from './dlq-manager.ts';
import type { Driver } from './driver.ts';
import { escalationNotifySubscriber } from './escalation-notify-subscriber.ts';
import { escalationSweeper } from './escalation-sweeper.ts';
import { eventStoreConsumer } from './event-store-consumer.ts';
import { integrationsHealthProber } from './integrations-health-prober.ts';
import { kafkaProducer } from './kafka-producer.ts';
import { meetingScheduler } from './meeting-scheduler.ts';
import { messageBusBridge } from './message-bus-bridge.ts';
import { ngrokAdapter } from './ngrok-adapter.ts';
import { orgInflectionMonitor } from './org-inflection-monitor.ts';
import { podMonitor } from './pod-monitor.ts';
import { providerHealthProber } from './provider-health-prober.ts';
import { pruningService } from './pruning-service.ts';
import { sessionIdleTimer } from './session-idle-timer.ts';
import { settingsChangeDispatcher } from './settings-change-dispatcher.ts';
import { sseBridge } from './sse-bridge.ts';
import { subprocessSession } from './subprocess-session.ts';
import { taskEngine } from './task-engine.ts';

/** One driver for each folder of `fixtures/services/`, in the order of the rule book. */
export const drivers: readonly Driver[] = [
  taskEngine,
  messageBusBridge,
  settingsChangeDispatcher,
  meetingScheduler,
  integrationsHealthProber,
  providerHealthProber,
  escalationNotifySubscriber,
  escalationSweeper,
  orgInflectionMonitor,
  backupScheduler,
  pruningService,
  ngrokAdapter,
  continuousMode,
  eventStoreConsumer,
  podMonitor,
  dlqManager,
  kafkaProducer,
  sseBridge,
  sessionIdleTimer,
  subprocessSession,
  appLifespan,
];
