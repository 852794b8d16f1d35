using CsCheck;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.History;

/// <summary>
/// History against a model that keeps a full copy of Master for each day, in random sequences of everything that may happen.
/// </summary>
public sealed class HistoryModelTests
{
    private const int AtLeast = 5;
    private const int Seconds = 8;
    private const int Users = 4;
    private const int LastDay = 6;

    private static readonly Gen<string?> Text = Gen.OneOf<string?>(
        Gen.Const<string?>((string?)null), Gen.Const<string?>("a"), Gen.Const<string?>("b"));

    private static readonly Gen<HistoryCommand> Command = Gen.Frequency<HistoryCommand>(
        (4, Gen.Select(Gen.Int[1, Users], Gen.Select(Gen.Int[-1, LastDay], Text, Text, Text), (user, cells) =>
            (HistoryCommand)new HistoryCommand.SetUser(user, new ModelProfile(cells.Item1, cells.Item2, cells.Item3, cells.Item4)))),
        (1, Gen.Int[1, Users].Select(user => (HistoryCommand)new HistoryCommand.RemoveUser(user))),
        (5, Gen.Int[0, LastDay].Select(day => (HistoryCommand)new HistoryCommand.WriteDay(day))),
        (2, Gen.Int[0, LastDay].Select(day => (HistoryCommand)new HistoryCommand.UndoDay(day))),
        (1, Gen.Int[0, (2 << LastDay) - 1].Select(days => (HistoryCommand)new HistoryCommand.Thin(days))),
        (1, Gen.Const((HistoryCommand)new HistoryCommand.AddColumn())));

    // The merge refuses a source without rows, so one user always stays.
    private static readonly HistoryCommand Anchor = new HistoryCommand.SetUser(0, new ModelProfile(-1, "anchor", null, "1"));

    [Fact]
    public void Every_day_says_what_Master_was_and_versions_are_canonical()
    {
        List<HistoryCommand>? failing = null;
        try
        {
            Command.List[4, 24].Try(
                commands =>
                {
                    if (FailureOf(commands) is not { } failure)
                        return;
                    failing = commands;
                    throw failure;
                },
                AtLeast,
                Seconds,
                print: commands => string.Join("; ", commands));
        }
        catch (CsCheckException exception)
        {
            var smallest = Smallest(failing!);
            Assert.Fail(
                $"{string.Join(Environment.NewLine, smallest)}{Environment.NewLine}{FailureOf(smallest)?.Message}{Environment.NewLine}{exception.Message}");
        }
    }

    private static Exception? FailureOf(IReadOnlyList<HistoryCommand> commands)
    {
        using var scene = new HistoryScene();
        var model = new HistoryModel();
        try
        {
            foreach (var command in commands.Prepend(Anchor))
            {
                scene.Apply(command);
                model.Apply(command);
                if (command is HistoryCommand.WriteDay or HistoryCommand.Thin or HistoryCommand.UndoDay)
                    scene.AssertIs(model);
            }

            AssertIsAsIfWrittenOnceInOrder(scene, model);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure;
        }
    }

    private static void AssertIsAsIfWrittenOnceInOrder(HistoryScene scene, HistoryModel model)
    {
        using var ordered = new HistoryScene();
        if (scene.HasPhone)
            ordered.Apply(new HistoryCommand.AddColumn());
        foreach (var (day, rows) in model.Days)
        {
            for (var user = 0; user <= Users; user++)
                ordered.Apply(new HistoryCommand.RemoveUser(user));
            foreach (var row in rows)
                ordered.Apply(new HistoryCommand.SetUser(row.User, new ModelProfile(SignedUp: -1, row.Email, row.Segment, row.Phone)));
            ordered.Apply(new HistoryCommand.WriteDay(day));
        }

        Assert.Equal(ordered.History(), scene.History());
    }

    // Leaves out one command after the other as long as the rest still fails.
    private static List<HistoryCommand> Smallest(List<HistoryCommand> commands)
    {
        for (var index = 0; index < commands.Count;)
        {
            List<HistoryCommand> fewer = [.. commands.Take(index), .. commands.Skip(index + 1)];
            if (FailureOf(fewer) is null)
                index++;
            else
                (commands, index) = (fewer, 0);
        }

        return commands;
    }
}
