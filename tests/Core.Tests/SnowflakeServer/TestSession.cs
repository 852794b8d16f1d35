using System.Data;
using System.Data.Common;
using System.Globalization;
using LoyaltyPipeline.SnowflakeSupport;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.SnowflakeServers;

/// <summary>A session with a test server, and the shortest way to say something to it.</summary>
internal sealed class TestSession : IDisposable
{
    private readonly DbConnection _connection;

    public TestSession(SnowflakeServer server, string? connectionString = null)
    {
        _connection = server.ProviderFactory.CreateConnection()!;
        _connection.ConnectionString = connectionString ?? server.ConnectionString();
        _connection.Open();
    }

    public DbConnection Connection => _connection;

    public DbCommand Command(string sql, params object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = (command.Parameters.Count + 1).ToString(CultureInfo.InvariantCulture);
            parameter.Value = value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : value ?? DBNull.Value;
            if (value is DateOnly)
                parameter.DbType = DbType.Date;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public int Run(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }

    /// <summary>The rows, each as its values with a bar between them.</summary>
    public List<string> Rows(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(
                string.Join(
                    '|',
                    Enumerable.Range(0, reader.FieldCount)
                        .Select(i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>The names of a result's columns.</summary>
    public List<string> Columns(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>Runs what must fail.</summary>
    /// <returns>Code and SQLSTATE, and the message.</returns>
    public (string Code, string Message) Refused(string sql, params object?[] values)
    {
        var exception = Assert.ThrowsAny<DbException>(() => Run(sql, values));
        var state = (string?)exception.GetType().GetProperty("SqlState")!.GetValue(exception);
        return ($"{exception.ErrorCode:D6} {state}", exception.Message);
    }

    public void Dispose() => _connection.Dispose();
}
