using System.Collections;
using System.Management.Automation;
using System.Reflection;
using LoyaltyPipeline.Runtime;

namespace LoyaltyPipeline.Steps;

/// <summary>
/// A step that can go on from the one before: it waits for all that this one emits, and then does its work once, on the same warehouse, if
/// the one before came to its end without an error. Where nothing is piped it works as it is called.
/// </summary>
public abstract class FollowingCmdlet : StepCmdlet
{
    private readonly List<object> _received = [];
    private bool _hasWorked;

    /// <summary>What the step before emitted.</summary>
    [Parameter(ValueFromPipeline = true)]
    public virtual PSObject? InputObject { get; set; }

    /// <summary>What came down the pipeline, but for what names parameters by its properties.</summary>
    private protected IReadOnlyList<object> Received => _received;

    /// <summary>What it goes on from, in words.</summary>
    private protected abstract string Takes { get; }

    /// <summary>What becomes of nothing, in words.</summary>
    private protected abstract string Undone { get; }

    /// <summary>Whether it goes on from an object.</summary>
    private protected abstract bool CanFollow(object value);

    /// <summary>The work: once for all that came, or for the call where nothing is piped.</summary>
    private protected abstract Task WorkAsync(CancellationToken cancellationToken);

    /// <summary>What is done where something was to come and nothing did.</summary>
    private protected virtual Task NothingCameAsync(CancellationToken cancellationToken)
    {
        Reporter.Warning($"Nothing came down the pipeline: {Step.Command} has {Undone}.");
        return Task.CompletedTask;
    }

    /// <summary>The end of the work, also where there was none.</summary>
    private protected virtual Task FinishAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var isPiped = await OnPipelineThreadAsync(() => MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)));
        // A variable that is empty is nothing that came, and not a call without a pipe.
        if (isPiped && InputObject is null)
            return;
        if (!isPiped || await NamesParametersAsync())
        {
            _hasWorked = true;
            await WorkAsync(cancellationToken);
            return;
        }

        var input = InputObject!.BaseObject;
        foreach (var value in input is IEnumerable values and not string ? values.Cast<object>() : [input])
            Receive(value is PSObject wrapped ? wrapped.BaseObject : value);
    }

    /// <inheritdoc/>
    protected sealed override async Task EndStepAsync(CancellationToken cancellationToken)
    {
        if (_received.Count > 0)
        {
            await FollowAsync();
            await WorkAsync(cancellationToken);
        }
        else if (!_hasWorked)
        {
            await NothingCameAsync(cancellationToken);
        }

        await FinishAsync(cancellationToken);
    }

    private void Receive(object value)
    {
        if (!CanFollow(value))
            throw ModuleErrors.InputNotSupported.Because(
                $"{Step.Command} goes on from {Takes}; what came down the pipeline is a {value.GetType().Name}.", value.GetType().Name);
        _received.Add(value);
    }

    // An object that is no step's result can name parameters by its properties, each for a call of its own.
    private Task<bool> NamesParametersAsync() => OnPipelineThreadAsync(
        () => InputObject is { } input && !CanFollow(input.BaseObject) && NamedParameters().Any(name => input.Properties[name] is not null));

    private IEnumerable<string> NamedParameters() =>
        from property in GetType().GetProperties()
        where property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.ValueFromPipelineByPropertyName)
        select property.Name;

    private async Task FollowAsync()
    {
        var outputs = _received.Select(StepOutput.Of).OfType<StepOutput>().Distinct().ToList();
        foreach (var step in outputs.Select(output => output.Step))
            DemandSound(step);
        var targets = outputs.DistinctBy(output => (output.Warehouse?.Location, output.Config)).ToList();
        if (targets.Count > 1)
        {
            throw ModuleErrors.InputNotSupported.Because(
                $"What came down the pipeline is of more than one warehouse or configuration: {string.Join("; ", targets.Select(Describe))}.",
                remedy: "Run a line for each warehouse.");
        }

        if (targets.Count == 0)
            return;
        await DemandSameAsync(targets[0]);
        (PassedWarehouse, PassedConfig) = (targets[0].Warehouse, targets[0].Config);
        PlansOnly = outputs.Any(output => output.IsPlan);
    }

    // What was tested would not be what is delivered. A connection and its name are told apart by nobody here.
    private async Task DemandSameAsync(StepOutput output)
    {
        if (Warehouse is not { } own || output.Location is not { } location)
            return;
        var here = await OnPipelineThreadAsync(() => own.Resolve(SessionState).Location);
        if (here != location && own.ConnectionName is null)
            throw ModuleErrors.InputNotSupported.Because(
                $"{Step.Command} is to work on {here}, and what came down the pipeline is of {location}.", here,
                "Leave -Warehouse out: the warehouse comes down the pipeline.");
    }

    private void DemandSound(StepProgress step)
    {
        if (step.Failure is { } failure)
            throw ModuleErrors.StepFailed.Because(
                $"{Step.Command} has {Undone}, because {step.Command} reported an error: {failure.Message}", step.Command, cause: failure);
        if (!step.HasEnded)
            throw ModuleErrors.StepFailed.Because(
                $"{Step.Command} has {Undone}, because {step.Command} did not come to its end.", step.Command);
    }

    private static string Describe(StepOutput output) =>
        $"{output.Warehouse?.Location ?? "the session's warehouse"}{(output.Config is { } config ? $" with {config}" : string.Empty)}";
}
