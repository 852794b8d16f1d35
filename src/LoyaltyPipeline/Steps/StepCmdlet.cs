using LoyaltyPipeline.Parameters;

namespace LoyaltyPipeline.Steps;

/// <summary>A cmdlet that is a step of a pipeline: the next one goes on from what it emits, once it has come to its end.</summary>
public abstract class StepCmdlet : PipelineCmdlet
{
    private StepProgress? _progress;
    private StepOutput? _output;
    private (LoyaltyWarehouse? Warehouse, string? Config) _described;

    /// <summary>What this step has done so far.</summary>
    private protected StepProgress Step => _progress ??= new StepProgress(MyInvocation.MyCommand.Name);

    /// <summary>Emits an object, from which the next step can go on.</summary>
    /// <param name="value">The object.</param>
    /// <returns>When it is on its way.</returns>
    protected async Task EmitAsync(object value)
    {
        (await DescribeAsync()).KeepOf(value);
        await WriteObjectAsync(value);
    }

    /// <inheritdoc/>
    protected sealed override async Task EndAsync(CancellationToken cancellationToken)
    {
        await EndStepAsync(cancellationToken);
        Step.HasEnded = true;
    }

    /// <summary>Work after the last input.</summary>
    /// <param name="cancellationToken">Cancelled when the pipeline stops.</param>
    /// <returns>When it is done.</returns>
    protected virtual Task EndStepAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    private protected sealed override void OnError(Exception failure) => Step.Failure ??= failure;

    // The same for all objects of a warehouse and a configuration: there may be hundreds.
    private async Task<StepOutput> DescribeAsync()
    {
        var (warehouse, config) = (NamedWarehouse, NamedConfig);
        if (_output is null || !ReferenceEquals(_described.Warehouse, warehouse) || !ReferenceEquals(_described.Config, config))
        {
            _described = (warehouse, config);
            _output = new StepOutput(
                Step,
                warehouse is null ? null : await OnPipelineThreadAsync(() => warehouse.Resolve(SessionState)),
                warehouse?.ConnectionName is null ? await LocateWarehouseAsync() : null,
                config is null ? null : await ResolvePathAsync(config),
                await IsWhatIfAsync());
        }

        return _output;
    }
}
