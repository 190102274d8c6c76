import { Controller, Get } from '@nestjs/common';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { InjectSeekPassHealth, type SeekPassHealth } from '@seek-pass-kit/nestjs-module';

/** For the load balancer. It calls nobody: what it says of SEEK Pass is what the last real call met. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    @InjectSeekPassHealth() private readonly seekPass: SeekPassHealth,
  ) {}

  @Get()
  @HealthCheck()
  check(): Promise<HealthCheckResult> {
    return this.health.check([() => this.seekPass.check('seekPass', { details: false })]);
  }
}
